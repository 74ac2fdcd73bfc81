// The page: a text on one side, its labels on the other.

import { explain, hasKey, judge, models, predict, probabilityOf, ServiceFault, useKey } from './api.js';
import { toClipboard, written } from './copy.js';
import { byId, counted, isolated, make, nameOfLanguage, share } from './dom.js';
import { textOf } from './files.js';
import { LabelList } from './list.js';
import { placesOf } from './words.js';

const MostLabels = 50;
const MostTerms = 12;
const TypingPause = 250;
const NewsPause = 1200;
const RetryPause = 3000;

const [text, sheet, behind, slider] = ['text', 'sheet', 'behind', 'threshold'].map(byId);
const sides = [];       // one for each model that is asked: {model, list, answer, of, words, judged}
let known = [];         // the models of the service
let chosen = null;      // {side, label}: the label whose words are marked
let asking = null;      // ends what is asked now
let pending = 0;
let news = 0;

async function start() {
  try {
    known = await models();
  } catch (fault) {
    return refuse(fault, start);
  }
  calm();
  byId('controls').hidden = false;
  byId('model').replaceChildren(...known.map(({ name }) => make('option', {}, name)));
  byId('model').closest('.field').hidden = known.length < 2;
  byId('other').replaceChildren(make('option', { value: '' }, 'no other'), ...known.map(({ name }) => make('option', {}, name)));
  byId('other-field').hidden = known.length < 2;
  choose();
  useOwnThreshold();
  if (known.length > 0) typed();
  else complain(make('p', {}, 'The service has no model.'));
}

/** Takes the models that are asked from the controls. */
function choose() {
  const first = byId('model').value;
  const other = byId('other').value === first ? '' : byId('other').value;
  byId('other').value = other;
  for (const option of byId('other').options) option.disabled = option.value === first;
  const names = [first, other].filter(Boolean);
  chosen = null;
  sides.splice(0, sides.length, ...names.map((name) => {
    const model = known.find((one) => one.name === name);
    const side = { model, answer: null, of: null, words: null, wordsOf: null, judged: new Map() };
    side.list = new LabelList((label) => press(side, label), setThreshold, model.feedback ? (label, isRight) => say(side, label, isRight) : null);
    side.list.describe(model, names.length === 1);
    return side;
  }));
  byId('lists').replaceChildren(...sides.map(({ list }) => list.element));
  offerLanguages();
  document.body.classList.toggle('two', sides.length === 2);
}

/** Languages that names can be in, with the one that the reader of the page likes best, unless another is chosen. */
function offerLanguages() {
  const there = [...new Set(sides.flatMap(({ model }) => model.languages ?? []))];
  const select = byId('language');
  const mine = navigator.languages.map((tag) => tag.toLowerCase());
  const liked = there.includes(select.value) ? select.value
    : mine.flatMap((tag) => [tag, tag.split('-')[0]]).find((tag) => there.includes(tag)) ?? there[0];
  select.replaceChildren(...there.map((tag) => make('option', { value: tag, selected: tag === liked }, nameOfLanguage(tag))));
  byId('language-field').hidden = there.length === 0;
}

const languageOf = ({ model }) => (model.languages?.includes(byId('language').value) ? byId('language').value : undefined);

function typed() {
  const { value } = text;
  mark();
  byId('clear').hidden = value === '';
  byId('count').textContent = value === ''
    ? `Text files and .docx can be dropped. ${known.some(({ feedback }) => feedback) ? 'A text is kept only where you say of a label that it is right or wrong.' : 'Nothing that you write is kept.'}`
    : `${counted(value.match(/\S+/gu)?.length ?? 0, 'word')}, ${counted(value.length, 'character')}.`;
  clearTimeout(pending);
  pending = setTimeout(ask, TypingPause);
}

/** Asks every model for the labels of the text. What was asked before is given up, and its answer passed over. */
async function ask() {
  clearTimeout(pending);
  if (sides.length === 0) return start();
  asking?.abort();
  const value = text.value.toWellFormed?.() ?? text.value;
  if (value.trim() === '') {
    for (const side of sides) Object.assign(side, { answer: null, of: null, words: null, wordsOf: null });
    chosen = null;
    asking = null;
    byId('lists').classList.remove('waiting');
    calm();
    return render();
  }
  const mine = asking = new AbortController();
  byId('lists').classList.add('waiting');
  try {
    await Promise.all(sides.map(async (side) => {
      const answer = await predict(side.model.name, value, Math.min(MostLabels, side.model.maxTop), languageOf(side), mine.signal);
      if (mine === asking) Object.assign(side, { answer, of: value, judged: side.of === value ? side.judged : new Map() });
    }));
    if (mine !== asking) return;
    calm();
    byId('lists').classList.remove('waiting');
    render();
    await reason(mine);
  } catch (fault) {
    // Labels that are there are those of another text: they stay pale.
    if (mine === asking) refuse(fault, ask);
  }
}

/** Asks for the words that speak for the chosen label, unless they are known. */
async function reason(mine) {
  if (!chosen) return;
  const { side } = chosen;
  const value = side.of;
  if (side.wordsOf === value && side.words.has(chosen.label)) return render();
  const rank = side.answer.labels.findIndex(({ label }) => label === chosen.label);
  if (rank < 0) {
    chosen = null;
    return render();
  }
  try {
    const { labels } = await explain(side.model.name, value, Math.max(rank + 1, Math.min(shownLabels(side).length, 10)), MostTerms, languageOf(side), mine.signal);
    if (side.of !== value) return;
    side.words = new Map(labels.map(({ label, terms }) => [label, terms]));
  } catch (fault) {
    if (!(fault instanceof ServiceFault) || side.of !== value) return;
    side.words = new Map(side.answer.labels.map(({ label }) => [label, fault]));
  }
  side.wordsOf = value;
  render();
  reveal();
}

function press(side, label) {
  const isSame = chosen?.side === side && chosen.label === label;
  chosen = isSame ? null : { side, label };
  render();
  if (chosen && side.of !== null) reason(asking ?? (asking = new AbortController()));
}

/** Lets the service keep whether a label is right. */
async function say(side, label, isRight) {
  const { of, judged } = side;
  const before = judged.get(label);
  judged.set(label, isRight);
  render();
  try {
    await judge(side.model.name, of, label, isRight);
    calm();
    byId('status').textContent = 'Kept, with the text.';
  } catch (fault) {
    judged.set(label, before);
    render();
    if (!(fault instanceof ServiceFault)) throw fault;
    complain(make('p', {}, fault.message));
  }
}

const shownLabels = ({ answer }) => answer?.labels.filter((label) => probabilityOf(label) >= slider.value / 100) ?? [];

function render() {
  for (const side of sides) {
    const other = sides.find((one) => one !== side);
    const others = new Set(other ? shownLabels(other).map(({ label }) => label) : []);
    const isShared = shownLabels(side).some(({ label }) => others.has(label));
    const open = chosen?.side === side ? { label: chosen.label, words: (side.wordsOf === side.of && side.words?.get(chosen.label)) || null, isRight: side.judged.get(chosen.label) } : null;
    side.list.render(side.answer, shownLabels(side), open, isShared ? others : null);
  }
  byId('copies').hidden = !sides.some((side) => shownLabels(side).length > 0);
  byId('from').textContent = `${slider.value}%`;
  const own = sides[0]?.model.threshold;
  byId('own').hidden = own == null || Math.round(100 * own) === Number(slider.value);
  if (own != null) byId('own').textContent = `the model's own: ${Math.round(100 * own)}%`;
  mark();
  tell();
}

/** Writes the text behind the text, with the words of the chosen label marked. */
function mark() {
  const { value } = text;
  const words = chosen && chosen.side.words?.get(chosen.label);
  const parts = [];
  let at = 0;
  if (Array.isArray(words)) {
    for (const { start, end, level } of placesOf(value, words, chosen.side.model.text)) {
      parts.push(value.slice(at, start), make('mark', { className: `level${level}` }, value.slice(start, end)));
      at = end;
    }
  }
  // A line that is empty at the end has a height, too.
  behind.replaceChildren(...parts, `${value.slice(at)}\n`);
}

/** Scrolls to the first word that is marked, unless one can be seen. */
function reveal() {
  const marks = [...behind.querySelectorAll('mark')];
  const frame = sheet.getBoundingClientRect();
  const isSeen = (at) => at.getBoundingClientRect().bottom > frame.top && at.getBoundingClientRect().top < frame.bottom;
  if (marks.length > 0 && !marks.some(isSeen)) sheet.scrollTop += marks[0].getBoundingClientRect().top - frame.top - frame.height / 3;
}

/** Says the labels to those who do not see them, once the typing rests. */
function tell() {
  clearTimeout(news);
  news = setTimeout(() => {
    byId('status').textContent = sides.filter(({ answer }) => answer).map((side) => {
      const labels = shownLabels(side);
      const best = labels.slice(0, 3).map((label) => `${label.name || label.label} ${share(probabilityOf(label))}`).join(', ');
      return `${sides.length > 1 ? `${side.model.name}: ` : ''}${counted(labels.length, 'label')}${best ? `: ${best}` : ''}.`;
    }).join(' ');
  }, NewsPause);
}

function setThreshold(percent) {
  slider.value = percent;
  render();
}

function useOwnThreshold() {
  const own = sides[0]?.model.threshold;
  setThreshold(own == null ? 20 : Math.round(100 * own));
}

function refuse(fault, again) {
  if (!(fault instanceof ServiceFault)) throw fault;
  if (fault.status === 401) {
    byId('key-form').hidden = false;
    byId('key-fault').textContent = hasKey() ? 'The service does not know this key.' : '';
    byId('key-form').onsubmit = (event) => {
      event.preventDefault();
      useKey(byId('key').value);
      byId('key-form').hidden = true;
      again();
    };
    return byId('key').focus();
  }
  const retry = make('button', { type: 'button', onclick: again }, 'Ask again');
  complain(make('p', {}, fault.message, fault.passes ? ' It is asked again in a moment.' : ''), retry);
  if (!fault.passes) return undefined;
  clearTimeout(pending);
  pending = setTimeout(again, 1000 * (fault.seconds ?? 0) || RetryPause);
  return undefined;
}

function complain(...parts) {
  const notice = byId('notice');
  // The same words are not said twice to those who hear them.
  if (!notice.hidden && notice.firstChild?.textContent === parts[0].textContent) return;
  notice.replaceChildren(...parts);
  notice.hidden = false;
}

function calm() {
  byId('notice').hidden = true;
}

async function read(file) {
  if (!file) return;
  try {
    const value = await textOf(file);
    if (value.trim() === '') throw new Error(`${file.name} has no text.`);
    text.value = value;
    sheet.scrollTop = 0;
    calm();
    typed();
    text.focus({ preventScroll: true });
    text.setSelectionRange(0, 0);
  } catch (fault) {
    complain(make('p', {}, isolated(fault.message)));
  }
}

text.addEventListener('input', typed);
slider.addEventListener('input', render);
byId('own').addEventListener('click', useOwnThreshold);
for (const id of ['model', 'other']) byId(id).addEventListener('change', () => { choose(); ask(); });
byId('model').addEventListener('change', useOwnThreshold);
byId('language').addEventListener('change', () => { for (const side of sides) side.list.forget(); ask(); });
byId('open').addEventListener('click', () => byId('file').click());
byId('file').addEventListener('change', ({ target }) => { read(target.files[0]); target.value = ''; });
byId('clear').addEventListener('click', () => { text.value = ''; typed(); text.focus(); });
sheet.addEventListener('click', ({ target }) => { if (target !== text) text.focus(); });
addEventListener('online', ask);

for (const button of byId('copies').querySelectorAll('button')) {
  const name = button.textContent;
  button.addEventListener('click', async () => {
    const lists = sides.map((side) => ({ model: side.model.name, labels: shownLabels(side) }));
    try {
      await toClipboard(written(button.dataset.form, lists));
      button.textContent = 'copied';
      byId('status').textContent = `Copied as ${button.dataset.form}.`;
    } catch {
      button.textContent = 'refused';
      byId('status').textContent = 'The browser did not let the page copy.';
    }
    setTimeout(() => { button.textContent = name; }, 1500);
  });
}

// A file may be dropped anywhere; text that is dropped goes where it falls.
let drags = 0;
const hasFile = (event) => event.dataTransfer?.types.includes('Files');
addEventListener('dragenter', (event) => { if (hasFile(event)) document.body.classList.toggle('dragging', ++drags > 0); });
addEventListener('dragleave', (event) => { if (hasFile(event)) document.body.classList.toggle('dragging', --drags > 0); });
addEventListener('dragover', (event) => { if (hasFile(event)) event.preventDefault(); });
addEventListener('drop', (event) => {
  if (!hasFile(event)) return;
  event.preventDefault();
  drags = 0;
  document.body.classList.remove('dragging');
  read(event.dataTransfer.files[0]);
});

await start();
