package live

import (
	"bytes"
	"io"
	"io/fs"
	"maps"
	"slices"
	"time"
)

// newFolder returns files as a folder.
func newFolder(files []file) fs.FS {
	f := folder{}
	for i := range files {
		f[files[i].name] = &files[i]
	}
	return f
}

// folder is files in memory by their names.
type folder map[string]*file

// Open opens a file, or the folder as ".".
func (f folder) Open(name string) (fs.File, error) {
	one, ok := f[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &opened{one, bytes.NewReader(one.data)}, nil
}

// ReadDir lists the folder.
func (f folder) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	var entries []fs.DirEntry
	for _, name := range slices.Sorted(maps.Keys(f)) {
		entries = append(entries, fs.FileInfoToDirEntry(info{f[name]}))
	}
	return entries, nil
}

// opened is a file that is open.
type opened struct {
	*file
	io.Reader
}

// Stat describes the file.
func (o *opened) Stat() (fs.FileInfo, error) { return info{o.file}, nil }

// Close does nothing.
func (o *opened) Close() error { return nil }

// info describes a file.
type info struct{ *file }

// Name, Size, Mode, ModTime, IsDir and Sys are those of a regular file of no time.
func (i info) Name() string       { return i.file.name }
func (i info) Size() int64        { return int64(len(i.data)) }
func (i info) Mode() fs.FileMode  { return 0o444 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }
