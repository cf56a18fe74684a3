import { expect, it } from '@jest/globals';

import { ReadTrace } from '../../../../src/platform/graphql/execution/read-trace.js';
import { AnswerStore } from '../../../../src/platform/cache/answer-store.js';
import { KeptAnswer, type RequestForm } from '../../../../src/platform/cache/kept-answer.js';

const HEAD = { seq: 1, revision: 1 };
const TODAY = '2026-06-01';

interface Surroundings {
  readonly isUsable?: () => boolean;
  readonly today?: () => string;
}

function storeOf(
  maxBytes: number,
  { isUsable = () => true, today = () => TODAY }: Surroundings = {},
) {
  return new AnswerStore({ maxBytes, today, head: () => (isUsable() ? HEAD : null) });
}

function answerTo(name: string): KeptAnswer {
  const trace = new ReadTrace();
  trace.note(HEAD);
  trace.releases.add(name);
  return new KeptAnswer(name, Buffer.from(`{"data":{"${name}":1}}`), TODAY, null, false, trace);
}

function get(asked: string, languages = ''): RequestForm {
  return { asked, stated: `G\n${languages}\n` };
}

it('finds an answer by a request that had it before, and by no other', () => {
  const store = storeOf(1e6);
  const answer = answerTo('a');
  store.keep(answer, get('/graphql?query=a', 'fr'));
  expect(store.findForm(get('/graphql?query=a', 'fr'))).toBe(answer);
  expect(store.findForm(get('/graphql?query=a', 'pt'))).toBeNull();
  expect(store.findForm(get('/graphql?query=b', 'fr'))).toBeNull();
});

it('finds none by its request once it is not to be used: changed, of another day, or with nobody to tell', () => {
  let usable = true;
  let today = TODAY;
  const store = storeOf(1e6, { isUsable: () => usable, today: () => today });
  const [a, b] = [answerTo('a'), answerTo('b')];
  store.keep(a, get('a'));
  store.keep(b, get('b'));
  usable = false;
  expect(store.findForm(get('a'))).toBeNull();
  usable = true;
  expect(store.findForm(get('a'))).toBe(a);
  store.drop([{ releaseId: 'a', place: null }]);
  expect(store.findForm(get('a'))).toBeNull();
  expect(store.findForm(get('b'))).toBe(b);
  today = '2026-06-02';
  expect(store.findForm(get('b'))).toBeNull();
});

it('gives requests no more room than answers; what is not known by its request is found all the same', () => {
  const store = storeOf(10_000);
  const answer = answerTo('a');
  const long = (letter: string) => get(letter.repeat(2_000), letter.repeat(2_000));
  store.keep(answer, long('a'));
  for (const letter of ['b', 'c', 'd']) store.addForm(answer, long(letter));
  const known = ['a', 'b', 'c', 'd'].filter((letter) => store.findForm(long(letter)) !== null);
  expect(known).toEqual(['a', 'b']);
  expect(store.find('a')).toBe(answer);
  store.drop(null);
  store.keep(answerTo('b'), long('d'));
  expect(store.findForm(long('d'))?.key).toBe('b');
});

it('keeps what is asked for by its request a lot longer than what nobody asks for', () => {
  const names = Array.from({ length: 12 }, (_, index) => `answer${index}`);
  const size = answerTo('answer10').size;
  const store = storeOf(10 * size);
  for (const name of names.slice(0, 10)) store.keep(answerTo(name), get(name));
  for (let times = 0; times < 20; times += 1) store.findForm(get('answer0'));
  for (const name of names.slice(10)) store.keep(answerTo(name), get(name));
  expect(store.findForm(get('answer0'))?.key).toBe('answer0');
  expect(store.findForm(get('answer1'))).toBeNull();
});
