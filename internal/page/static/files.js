// Files that come by the buttons, or are dropped anywhere on the page.

import { $, showError } from './dom.js';
import { giveFiles } from './data.js';

const readable = /\.(csv|tsv|txt|dat|data|npy|npz|gz|idx|safetensors|png|jpe?g)$|-ubyte$/i;
const image = /\.(png|jpe?g)$/i;

export function startFiles() {
  for (const [button, input] of [['open-files', 'file-input'], ['open-folder', 'folder-input']]) {
    $(button).addEventListener('click', () => $(input).click());
    $(input).addEventListener('change', async () => {
      const chosen = [...$(input).files].map(file => ({ name: file.webkitRelativePath || file.name, file }));
      $(input).value = '';
      await give(chosen);
    });
  }
  let depth = 0;
  const over = on => document.documentElement.classList.toggle('dropping', on);
  addEventListener('dragenter', e => { e.preventDefault(); depth++; over(true); });
  addEventListener('dragleave', () => { if (--depth <= 0) { depth = 0; over(false); } });
  addEventListener('dragover', e => e.preventDefault());
  addEventListener('drop', async e => {
    e.preventDefault();
    depth = 0;
    over(false);
    await give(await dropped(e.dataTransfer));
  });
}

// give reads files and hands them on: the images, where a folder has some, or else the only file.
async function give(chosen) {
  if (chosen.length === 0) return;
  const inFolder = chosen.some(c => c.name.includes('/'));
  const images = chosen.filter(c => image.test(c.name));
  let taken = images.length && (inFolder || images.length > 1) ? images : chosen.filter(c => readable.test(c.name));
  if (taken.length === 0) {
    showError('data', `${chosen[0].name} is no file that is read here: want .csv, .tsv, .txt, .dat, .data, .npy, .npz, `
      + 'IDX, any of them as .gz, .safetensors, or a folder of images.');
    return;
  }
  if (images.length === 0 && taken.length > 1) {
    showError('data', `These are ${taken.length} files of data: choose one, or a folder of images.`);
    return;
  }
  taken = taken.sort((a, b) => (a.name < b.name ? -1 : 1));
  try {
    const given = await Promise.all(taken.map(async c => ({ name: c.name, bytes: await c.file.arrayBuffer() })));
    giveFiles(given);
  } catch (error) {
    showError('data', `The file could not be read: ${error.message}.`);
  }
}

// dropped lists the files of a drop, those of folders with their paths.
async function dropped(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return [...transfer.files].map(file => ({ name: file.name, file }));
  const lists = await Promise.all(entries.map(entry => walk(entry, '')));
  return lists.flat();
}

async function walk(entry, folder) {
  const name = folder + entry.name;
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    return [{ name, file }];
  }
  const reader = entry.createReader();
  const children = [];
  for (;;) { // a reader gives some hundred at a time
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) break;
    children.push(...some);
  }
  const lists = await Promise.all(children.map(child => walk(child, `${name}/`)));
  return lists.flat();
}
