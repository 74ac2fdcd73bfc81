// Asks the service. Every fault is a ServiceFault with words for people.

const Patience = 20_000;
let key = recalled();

export class ServiceFault extends Error {
  /** @param status that of HTTP; 0 where the service did not answer */
  constructor(status, message, seconds) {
    super(message);
    this.status = status;
    this.seconds = seconds;
  }

  /** Whether the same question may be answered later. */
  get passes() { return this.status === 0 || this.status === 429 || this.status === 503; }
}

export const models = async () => (await ask('v1/models')).models;

/** How probable a label is: its score may be weighed for rare labels, and is more than that then. */
export const probabilityOf = ({ probability, score }) => probability ?? score;

/** @param language of names, or undefined */
export const predict = (model, text, top, language, signal) => ask(address(model, 'predict'), { text, top, language }, signal);

export const explain = (model, text, top, terms, language, signal) => ask(address(model, 'explain'), { text, top, terms, language }, signal);

/** Says whether a label is right for a text. */
export const judge = (model, text, label, isRight) => ask(address(model, 'feedback'), { text, [isRight ? 'accepted' : 'rejected']: [label] });

/** Keeps a key until the tab is closed. */
export function useKey(given) {
  key = given.trim();
  try { sessionStorage.setItem('lightdxml-key', key); } catch { /* no storage, no memory */ }
}

export const hasKey = () => key !== null;

const address = (model, what) => `v1/models/${encodeURIComponent(model)}/${what}`;

async function ask(path, body, signal) {
  // No header can have other characters, as a pasted key may.
  if (/[^ -~]/.test(key ?? '')) throw new ServiceFault(401, 'The service does not know this key.');
  const headers = key === null ? {} : { Authorization: `Bearer ${key}` };
  if (body) headers['Content-Type'] = 'application/json';
  const patience = AbortSignal.timeout(Patience);
  let response;
  try {
    response = await fetch(path, { method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body), signal: signal ? AbortSignal.any([signal, patience]) : patience });
  } catch (fault) {
    if (signal?.aborted) throw fault;
    throw new ServiceFault(0, patience.aborted ? 'The service takes too long to answer.' : 'The service does not answer.');
  }
  if (response.status === 204) return null;
  let answer = null;
  try {
    answer = await response.json();
  } catch (fault) {
    if (signal?.aborted) throw fault;
  }
  if (response.ok && answer) return answer;
  throw new ServiceFault(response.ok ? 0 : response.status, answer?.detail ?? `The service answered with ${response.status}.`, Number(response.headers.get('Retry-After')) || undefined);
}

function recalled() {
  try { return sessionStorage.getItem('lightdxml-key'); } catch { return null; }
}
