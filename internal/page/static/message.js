// Messages, in both directions and on every transport:
//
//   n       uint32, little-endian
//   header  n bytes: an object of JSON in UTF-8
//   zeros   up to the next multiple of 8 from the message's first byte, where a body follows
//   body    float32 or float64, little-endian, or bytes of files

const lengthSize = 4;
const alignment = 8;

const aligned = n => Math.ceil(n / alignment) * alignment;

// encode returns a message of a header and the parts of a body, each an ArrayBuffer or a view of one.
export function encode(header, parts = []) {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const views = parts.map(p => (ArrayBuffer.isView(p) ? new Uint8Array(p.buffer, p.byteOffset, p.byteLength)
    : new Uint8Array(p))).filter(v => v.length > 0); // without a body there are no zeros before it
  const body = views.reduce((sum, v) => sum + v.length, 0);
  const end = lengthSize + text.length;
  const message = new Uint8Array(body ? aligned(end) + body : end);
  new DataView(message.buffer).setUint32(0, text.length, true);
  message.set(text, lengthSize);
  let at = aligned(end);
  for (const v of views) {
    message.set(v, at);
    at += v.length;
  }
  return message.buffer;
}

// split returns the header of a message and its body, an ArrayBuffer's view of bytes.
export function split(buffer) {
  const n = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, lengthSize, n)));
  const at = aligned(lengthSize + n);
  return { header, body: at < buffer.byteLength ? new Uint8Array(buffer, at) : new Uint8Array(0) };
}

// floats is the body as float32, or as float64 if it is double, without a copy: it begins at a multiple of 8.
export const floats = (body, double = false) => (double
  ? new Float64Array(body.buffer, body.byteOffset, body.byteLength >> 3)
  : new Float32Array(body.buffer, body.byteOffset, body.byteLength >> 2));
