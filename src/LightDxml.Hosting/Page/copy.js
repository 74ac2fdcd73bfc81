// Labels as text for other programs.

import { probabilityOf } from './api.js';

const columns = ['label', 'name', 'score'];

/**
 * @param form list, json or csv
 * @param lists [{model, labels}], one a model
 */
export function written(form, lists) {
  if (form === 'list') return lists.flatMap(({ labels }) => labels.map(({ label, name }) => name || label)).filter((name, i, all) => all.indexOf(name) === i).join('\n');
  const bare = ({ label, name, score, probability }) => ({ label, name, score, probability });
  if (form === 'json') return JSON.stringify(lists.length === 1 ? lists[0].labels.map(bare) : lists.map(({ model, labels }) => ({ model, labels: labels.map(bare) })), null, 2);
  const isWeighed = lists.some(({ labels }) => labels.some(({ probability }) => probability !== undefined));
  const header = [...(lists.length === 1 ? [] : ['model']), ...columns, ...(isWeighed ? ['probability'] : [])];
  const rows = lists.flatMap(({ model, labels }) => labels.map((label) => {
    const cells = { ...label, model, probability: probabilityOf(label) };
    return header.map((column) => quoted(cells[column]));
  }));
  return [header, ...rows].map((row) => row.join(',')).join('\r\n');
}

/** As RFC 4180 has it. */
const quoted = (value) => (/[",\r\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

/** The clipboard of pages that are not secure takes only what is selected. */
export async function toClipboard(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = Object.assign(document.createElement('textarea'), { value: text, readOnly: true, className: 'unseen' });
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('refused');
}
