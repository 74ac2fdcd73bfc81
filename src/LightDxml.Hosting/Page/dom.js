// Short forms; names and texts become text nodes alone.

export const byId = (id) => document.getElementById(id);

/** Children may be strings; null is left out. */
export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A name that may run in any direction. */
export const isolated = (text) => make('bdi', {}, text);

const percent = new Intl.NumberFormat('en', { style: 'percent' });
const number = new Intl.NumberFormat('en');

const languages = new Intl.DisplayNames(['en'], { type: 'language' });

/** The name of a language; a tag that is none stays as it is. */
export function nameOfLanguage(tag) {
  try { return languages.of(tag); } catch { return tag; }
}

/** Nothing that is uncertain is called 0% or 100%. */
export function share(probability) {
  if (probability > 0 && probability < 0.01) return '<1%';
  return probability < 1 && probability >= 0.995 ? '>99%' : percent.format(probability);
}

export const counted = (count, one, many = `${one}s`) => `${number.format(count)} ${count === 1 ? one : many}`;
