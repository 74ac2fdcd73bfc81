// Reads the text of a file in the browser: the file itself is sent nowhere.

const MostBytes = 20 << 20;
const MostText = 40 << 20;
const Word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** @throws Error with words for people where the file has no text that can be read */
export async function textOf(file) {
  if (file.size > MostBytes) throw new Error(`${file.name} is larger than ${MostBytes >> 20} MB.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (startsWith(bytes, '%PDF')) throw new Error('PDF files are not read here. Copy the text in your viewer and paste it.');
  if (startsWith(bytes, 'PK\x03\x04')) return wordText(await entryOf(bytes, 'word/document.xml', file.name), file.name);
  return plain(bytes, file.name);
}

const startsWith = (bytes, magic) => [...magic].every((letter, i) => bytes[i] === letter.charCodeAt(0));

function plain(bytes, name) {
  const code = bytes[0] === 0xFF && bytes[1] === 0xFE ? 'utf-16le' : bytes[0] === 0xFE && bytes[1] === 0xFF ? 'utf-16be' : 'utf-8';
  if (code === 'utf-8' && bytes.includes(0)) throw new Error(`${name} is not a text file.`);
  try {
    return new TextDecoder(code, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Inflates one file of a zip archive. */
async function entryOf(bytes, wanted, name) {
  const fault = new Error(`${name} is not a document of Word (.docx), or it is damaged.`);
  const view = new DataView(bytes.buffer);
  try {
    let end = bytes.length - 22;
    while (view.getUint32(end, true) !== 0x06054b50) end--;
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left--) {
      const names = view.getUint16(at + 28, true);
      if (new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + names)) === wanted) {
        const local = view.getUint32(at + 42, true);
        const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
        const packed = bytes.subarray(start, start + view.getUint32(at + 20, true));
        return await (view.getUint16(at + 10, true) === 0 ? new TextDecoder().decode(packed) : inflated(packed));
      }
      at += 46 + names + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  } catch {
    throw fault;
  }
  throw fault;
}

async function inflated(packed) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > MostText) throw new Error('too long');
  }
  return text;
}

/** Paragraphs as lines. Deleted text and copies for old readers are no text. */
function wordText(xml, name) {
  const root = new DOMParser().parseFromString(xml, 'application/xml');
  if (root.querySelector('parsererror')) throw new Error(`${name} is damaged.`);
  let text = '';
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT, (node) => (node.localName === 'Fallback' ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.namespaceURI !== Word) continue;
    if (node.localName === 'p' && text) text += '\n';
    else if (node.localName === 't') text += node.textContent;
    else if (node.localName === 'tab') text += '\t';
    else if (node.localName === 'br') text += '\n';
  }
  return text.trim();
}
