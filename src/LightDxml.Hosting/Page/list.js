// The labels of one model, best first. Rows stay where they are while scores change, so that focus and bars do not jump.

import { probabilityOf } from './api.js';
import { counted, isolated, make, share } from './dom.js';
import { levelOf } from './words.js';

export class LabelList {
  #rows = new Map();
  #title = make('h3', {});
  #facts = make('p', { className: 'hint' });
  #note = make('div', { className: 'note' });
  #list = make('ol', {});

  /**
   * @param onChoose takes a label that was pressed
   * @param onJudge takes a label and whether it is right, or is null where nobody is to say
   */
  constructor(onChoose, onThreshold, onJudge) {
    this.onChoose = onChoose;
    this.onJudge = onJudge;
    this.onThreshold = onThreshold;
    this.element = make('div', { className: 'list' }, this.#title, this.#facts, this.#note, this.#list);
  }

  describe(model, isAlone) {
    this.#title.textContent = model.name;
    this.#title.classList.toggle('unseen', isAlone);
    const facts = [counted(model.labels, 'label')];
    if (model.trainingDocuments) facts.push(`trained on ${counted(model.trainingDocuments, 'document')}`);
    if (model.validationP1 != null) facts.push(`first label right on ${share(model.validationP1)} of the documents kept for testing`);
    this.#facts.textContent = `${facts.join(' · ')}.`;
  }

  /**
   * @param answer {labels, known}, or null where there is no text
   * @param labels those of the answer that are shown
   * @param chosen {label, words, isRight}: words are null while they are looked for, or an Error; isRight is what was said of the label, if anything was
   * @param others labels that the other model gives, or null
   */
  render(answer, labels, chosen, others) {
    this.#tell(answer, labels);
    const rows = labels.map((label) => this.#row(label, chosen?.label === label.label ? chosen : null, others && !others.has(label.label)));
    const keep = new Set(labels.map(({ label }) => label));
    for (const [label, row] of this.#rows) {
      if (keep.has(label)) continue;
      row.element.remove();
      this.#rows.delete(label);
    }
    rows.forEach((row, i) => { if (this.#list.children[i] !== row) this.#list.insertBefore(row, this.#list.children[i] ?? null); });
  }

  /** Names of labels are others from now on. */
  forget() {
    this.#list.replaceChildren();
    this.#rows.clear();
  }

  #tell(answer, labels) {
    const parts = [];
    if (!answer) parts.push(make('p', {}, 'Labels appear here while you write.'), make('p', { className: 'hint' }, 'Press one to see the words that speak for it.'));
    else if (!answer.known) parts.push(make('p', {}, 'The model knows no word of this text. It gives the labels that most documents have.'));
    if (answer && labels.length === 0) {
      const [best] = [...answer.labels].sort((one, other) => probabilityOf(other) - probabilityOf(one));
      const percent = best && Math.floor(probabilityOf(best) * 100);
      parts.push(best
        ? make('p', {}, 'No label is probable enough. The best is ', make('strong', {}, isolated(best.name || best.label)), `, with ${share(probabilityOf(best))}.`)
        : make('p', {}, 'The model gives no label.'));
      if (best) parts.push(make('button', { type: 'button', onclick: () => this.onThreshold(percent) }, `Show labels from ${percent}%`));
    }
    const told = parts.map((part) => part.textContent).join();
    if (told === this.#note.textContent) return;
    this.#note.replaceChildren(...parts);
  }

  #row(label, chosen, isOnlyHere) {
    const row = this.#rows.get(label.label) ?? this.#create(label);
    row.bar.style.width = `${100 * probabilityOf(label)}%`;
    row.share.textContent = share(probabilityOf(label));
    row.only.hidden = !isOnlyHere;
    row.button.setAttribute('aria-expanded', String(chosen !== null));
    row.element.classList.toggle('open', chosen !== null);
    row.why.hidden = chosen === null;
    if (chosen) {
      row.reasons.replaceChildren(...reasons(label, chosen.words));
      for (const [isRight, button] of row.judges) button.setAttribute('aria-pressed', String(chosen.isRight === isRight));
    }
    return row.element;
  }

  #create(label) {
    const bar = make('span', { className: 'fill' });
    const percent = make('span', { className: 'share' });
    const only = make('span', { className: 'only', hidden: true }, 'only here');
    const name = make('span', { className: 'name' }, label.name || label.label ? isolated(label.name || label.label) : make('em', {}, 'a label without a name'));
    const path = label.path?.length
      ? make('span', { className: 'path' }, make('span', { className: 'unseen' }, 'under '), ...label.path.flatMap((step, i) => (i === 0 ? [isolated(step)] : [' › ', isolated(step)])))
      : null;
    const button = make('button', { type: 'button', className: 'row', onclick: () => this.onChoose(label.label) },
      name, only, percent, ...(path ? [path] : []), Object.assign(make('span', { className: 'bar', ariaHidden: 'true' }, bar)));
    const said = make('div', { className: 'reasons' });
    const judges = this.onJudge ? [true, false].map((isRight) =>
      [isRight, make('button', { type: 'button', className: 'quiet', onclick: () => this.onJudge(label.label, isRight) }, isRight ? 'Right' : 'Wrong')]) : [];
    const judging = this.onJudge ? make('p', { className: 'judge', role: 'group', ariaLabel: 'Is the label right?' }, make('span', { ariaHidden: 'true' }, 'Is it right?'), ...judges.map(([, one]) => one)) : null;
    const why = make('div', { className: 'why' }, said, judging);
    const row = { element: make('li', {}, button, why), button, bar, share: percent, only, why, reasons: said, judges };
    this.#rows.set(label.label, row);
    return row;
  }
}

function reasons(label, words) {
  const id = label.name && label.name !== label.label ? make('p', { className: 'id' }, isolated(label.label)) : null;
  let said;
  if (words === null) said = make('p', { className: 'hint' }, 'Looking for the words that speak for it…');
  else if (words instanceof Error) said = make('p', { className: 'fault' }, words.message);
  else if (words.length === 0) said = make('p', { className: 'hint' }, 'No single word of the text speaks for it.');
  else {
    said = make('ul', { className: 'words', ariaLabel: 'Words that speak for the label' },
      ...words.map(({ term, weight }) => make('li', { className: `level${levelOf(weight, words[0].weight)}` }, isolated(term))));
  }
  return [said, id].filter((part) => part !== null);
}
