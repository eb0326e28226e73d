import { expect, it, vi } from 'vitest';
import { Ask, type Question } from './ask.svelte';

const question = (over: Partial<Question>): Question => ({
  title: 'Start this run?',
  facts: [],
  confirm: 'Start run',
  dismiss: 'Do not start',
  danger: false,
  go: async () => undefined,
  ...over,
});

it('goes once, however often confirm is clicked, and closes', async () => {
  const go = vi.fn(async () => undefined);
  const ask = new Ask();
  ask.ask(question({ go }));
  const clicks = [ask.confirm(), ask.confirm()];
  expect(ask.sent).toBe(true);
  await Promise.all(clicks);
  await ask.confirm();
  expect(go).toHaveBeenCalledTimes(1);
  expect(ask.question).toBeNull();
});

it('leaves the next question open that the answer asked', async () => {
  const ask = new Ask();
  const next = question({ title: 'Really?' });
  ask.ask(question({ go: async () => ask.ask(next) }));
  await ask.confirm();
  expect(ask.question).toBe(next);
  expect(ask.sent).toBe(false);
});

it('tells a question that it was dropped, but not once it was sent', () => {
  const dropped = vi.fn();
  const ask = new Ask();
  ask.ask(question({ dropped }));
  ask.dismiss();
  expect(dropped).toHaveBeenCalledTimes(1);
  ask.ask(question({ dropped, go: () => new Promise(() => undefined) }));
  void ask.confirm();
  ask.dismiss();
  expect(dropped).toHaveBeenCalledTimes(1);
  expect(ask.question).toBeNull();
});

it('tells a question that another one took its place, but not once it was sent', async () => {
  const dropped = vi.fn();
  const ask = new Ask();
  ask.ask(question({ dropped }));
  ask.ask(question({ title: 'Quit?' }));
  expect(dropped).toHaveBeenCalledTimes(1);
  ask.ask(question({ dropped, go: () => new Promise(() => undefined) }));
  void ask.confirm();
  ask.ask(question({ title: 'Quit?' }));
  expect(dropped).toHaveBeenCalledTimes(1);
});

it('drops no question that is asked anew with what it is about now', () => {
  const dropped = vi.fn();
  const ask = new Ask();
  ask.ask(question({ id: 'quit', dropped }));
  ask.ask(question({ id: 'quit', title: 'Quit, really?', dropped }));
  expect(dropped).not.toHaveBeenCalled();
  ask.dismiss();
  expect(dropped).toHaveBeenCalledTimes(1);
});
