import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Update } from '../../generated/contract';
import { row, snapshot, account, item } from '../../state/testing';
import { fakeHost } from '../fake';
import { differences, play, turnsOf, type Entry } from './testing';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const rest = async () => {
  await vi.advanceTimersByTimeAsync(60_000);
};

const compared = async (recording: Entry[]) =>
  differences(
    turnsOf(recording),
    await play(
      recording,
      fakeHost((scenario) => scenario === 'unread'),
      rest,
    ),
  );

const recordings = import.meta.glob<Entry[]>('./recorded-session.json', {
  eager: true,
  import: 'default',
});

it.each(Object.entries(recordings))(
  'sends what the real host sent in the recorded session: %s',
  async (_file, recording) => {
    expect(recording.filter((entry) => 'command' in entry).length).toBeGreaterThan(5);
    expect(await compared(recording)).toEqual([]);
  },
);

const start: Entry = {
  command: 'snapshot',
  payload: [],
  answer: snapshot({
    accounts: [account({ id: 'real' })],
    runs: [row({ accountId: 'real', runId: 'pr-77' })],
    inbox: [item({ id: 5 })],
  }),
};
const watch: Entry = {
  command: 'watchRun',
  payload: [{ accountId: 'real', runId: 'pr-77' }, true],
  answer: row(),
};
const update = (payload: Update): Entry => ({ update: payload.type, payload });

it('finds nothing in a session that the fake host plays in the same way', async () => {
  const marked: Entry = { command: 'markInboxRead', payload: [[5]] };
  const recording = [
    start,
    watch,
    update({ type: 'run', row: row() }),
    marked,
    update({ type: 'inbox-read', ids: [5] }),
  ];
  expect(await compared(recording)).toEqual([]);
});

it('finds an update that only one of them sends', async () => {
  const recording = [start, watch, update({ type: 'paused', paused: true })];
  expect(await compared(recording)).toEqual([
    'watchRun is followed by paused in the real host alone',
    'watchRun is followed by run in the fake host alone',
  ]);
});

it('finds a field that only one of them sends, and one of another kind', async () => {
  const { gone, ...rest } = row();
  const other = { ...rest, gone: gone ? 1 : 0, later: 1 } as unknown as ReturnType<typeof row>;
  const recording = [start, watch, update({ type: 'run', row: other })];
  expect(await compared(recording)).toEqual([
    'watchRun is followed by run.row.gone: another kind of thing',
    'watchRun is followed by run.row.later in the real host alone',
  ]);
});
