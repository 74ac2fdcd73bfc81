// Where the terms of a model stand in a text: words are cut and written as the model's vectoriser does.

const Words = /[\p{L}\p{N}_](?:(?!\u200B)[\p{L}\p{N}\p{M}\p{Cf}_])*/gu;
const Accents = /[\u0300-\u036F\u0483-\u0487\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]/g;
// Characters of scripts without blanks between words, one by one with their marks; and what stands between them. Digits are written together.
const Pieces = /(?<alone>(?!\p{Nd})[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u1A20-\u1AAF\u3005-\u3007\u303B\u3040-\u30FF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uA9E0-\uA9FF\uAA60-\uAA7F\uF900-\uFAFF\uFF66-\uFF9F\u{1B000}-\u{1B16F}\u{20000}-\u{3FFFF}][\p{M}\p{Cf}\uFF9E\uFF9F]*)|(?:\p{Nd}|[^\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u1A20-\u1AAF\u3005-\u3007\u303B\u3040-\u30FF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uA9E0-\uA9FF\uAA60-\uAA7F\uF900-\uFAFF\uFF66-\uFF9F\u{1B000}-\u{1B16F}\u{20000}-\u{3FFFF}])+/gu;
const Levels = 3;

/** How much of the heaviest weight a weight is, from 1 to 3. */
export const levelOf = (weight, heaviest) => Math.min(Levels, Math.max(1, Math.ceil((weight / heaviest) * Levels)));

/**
 * @param terms [{term, weight}], the heaviest first
 * @param rules of the model: unit, lowercase, foldAccents, minWordLength, unsegmented
 * @returns [{start, end, level}] from left to right, without overlaps; the level is 1 to 3
 */
export function placesOf(text, terms, rules) {
  const words = wordsOf(text, rules);
  const heaviest = terms[0]?.weight ?? 0;
  const level = new Uint8Array(text.length);
  for (const { term, weight } of terms) {
    const shade = levelOf(weight, heaviest);
    for (const [start, end] of rules.unit === 'characters' ? runs(words, term) : phrases(words, term, text))
      for (let i = start; i < end; i++) level[i] = Math.max(level[i], shade);
  }
  return ranges(level);
}

function wordsOf(text, rules) {
  const words = [];
  for (const match of text.matchAll(Words)) {
    for (const [start, word, isAlone] of piecesOf(match, rules)) {
      const form = formOf(word, rules);
      if (isAlone || [...form].length >= rules.minWordLength) words.push({ form, start, end: start + word.length });
    }
  }
  return words;
}

function piecesOf(match, { unit, unsegmented }) {
  if (unit === 'characters' || unsegmented !== 'characters') return [[match.index, match[0], false]];
  return [...match[0].matchAll(Pieces)].map((piece) => [match.index + piece.index, piece[0], piece.groups.alone !== undefined]);
}

function formOf(word, { lowercase, foldAccents }) {
  let form = word.replace(/\p{Cf}/gu, '');
  if (lowercase) form = form.toLowerCase();
  return foldAccents ? form.normalize('NFD').replace(Accents, '').normalize('NFC') : form.normalize('NFC');
}

/** Consecutive words; a symbol such as an emoji is none, and is looked for as it is. */
function* phrases(words, term, text) {
  const parts = term.split(' ');
  let found = false;
  for (let i = 0; i + parts.length <= words.length; i++) {
    if (!parts.every((part, k) => words[i + k].form === part)) continue;
    found = true;
    for (let k = 0, from = i; k < parts.length; k++) {
      const next = words[i + k + 1];
      // Blanks between the words are marked with them; what else stands there is no reason for the label.
      if (k + 1 < parts.length && text.slice(words[i + k].end, next.start).trim() === '') continue;
      yield [words[from].start, words[i + k].end];
      from = i + k + 1;
    }
  }
  if (found || /[\p{L}\p{N}]/u.test(term)) return;
  for (let at = text.indexOf(term); term && at >= 0; at = text.indexOf(term, at + term.length)) yield [at, at + term.length];
}

/** Runs of characters within a word that has a blank at either side. */
function* runs(words, term) {
  for (const { form, start, end } of words) {
    const padded = ` ${form} `;
    for (let at = padded.indexOf(term); at >= 0; at = padded.indexOf(term, at + 1))
      yield form.length === end - start ? [start + Math.max(0, at - 1), Math.min(end, start + at - 1 + term.length)] : [start, end];
  }
}

function ranges(level) {
  const found = [];
  for (let i = 0; i < level.length;) {
    let end = i + 1;
    while (end < level.length && level[end] === level[i]) end++;
    if (level[i] > 0) found.push({ start: i, end, level: level[i] });
    i = end;
  }
  return found;
}
