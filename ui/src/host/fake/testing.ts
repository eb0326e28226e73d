/**
 * A session that was recorded from the real backend, played to the fake host: the same updates have to
 * follow the same commands, and have the same fields. Each entry of the recording is a command with its
 * arguments and its answer, or an update; between two commands everything had come to rest.
 */
import type { RunRow, Snapshot, Update } from '../../generated/contract';
import type { Host } from '../host';

interface Command {
  /** As the page calls it, such as `watchRun`. */
  command: keyof Host;
  payload: unknown[];
  answer?: unknown;
}

export type Entry = Command | { update: Update['type']; payload: Update };

/** A command with its answer, and what followed it. */
interface Turn {
  command: keyof Host;
  answer: unknown;
  updates: Update[];
}

export function turnsOf(recording: Entry[]): Turn[] {
  const turns: Turn[] = [];
  for (const entry of recording) {
    if ('command' in entry) {
      turns.push({ command: entry.command, answer: entry.answer, updates: [] });
    } else turns.at(-1)?.updates.push(entry.payload);
  }
  return turns;
}

/** Plays the commands to a host, on its own sample; `rest` waits until nothing happens any more. */
export async function play(
  recording: Entry[],
  host: Host,
  rest: () => Promise<void>,
): Promise<Turn[]> {
  const commands = recording.filter((entry) => 'command' in entry);
  const turns: Turn[] = [];
  const sample = host.subscribe((updates) => turns.at(-1)?.updates.push(...updates));
  await rest();
  const real = commands.find(({ command }) => command === 'snapshot')?.answer as Snapshot;
  const names = pairs(real, await sample);
  for (const { command, payload } of commands) {
    const turn: Turn = { command, answer: undefined, updates: [] };
    turns.push(turn);
    const call = host[command] as (...args: unknown[]) => Promise<unknown>;
    const answer = call(...payload.map((argument) => renamed(argument, names)));
    await rest();
    turn.answer = await answer;
  }
  return turns;
}

/** Which of the sample's accounts, runs and items stands for which of the recorded ones. */
function pairs(real: Snapshot, sample: Snapshot): Map<unknown, unknown> {
  const names = new Map<unknown, unknown>();
  real.accounts.forEach(({ id }, i) =>
    names.set(id, (sample.accounts[i] ?? sample.accounts[0])?.id),
  );
  const left = [...sample.runs];
  const unread = ({ inbox }: Snapshot, { runId }: RunRow) =>
    inbox.find((item) => item.runId === runId && !item.read);
  const near = (a: RunRow, b: RunRow) =>
    a.ended === b.ended && !unread(sample, a) === !unread(real, b);
  const like = (a: RunRow, b: RunRow) =>
    near(a, b) && a.status === b.status && a.outcome === b.outcome;
  for (const run of real.runs) {
    const found = left.find((row) => like(row, run)) ?? left.find((row) => near(row, run));
    if (!found) continue;
    left.splice(left.indexOf(found), 1);
    names.set(run.runId, found.runId);
    const item = unread(real, run);
    if (item) names.set(item.id, unread(sample, found)?.id);
  }
  // Of runs that are not in the list, any other one.
  const taken = new Set(names.values());
  const others = sample.inbox.filter(({ id, read }) => !read && !taken.has(id));
  const told = real.inbox.filter(({ id, read }) => !read && !names.has(id));
  told.forEach(({ id }, i) => names.set(id, others[i]?.id));
  return names;
}

function renamed(value: unknown, names: Map<unknown, unknown>): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, names));
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, one]) => [key, renamed(one, names)]);
    return Object.fromEntries(fields) as unknown;
  }
  return names.get(value) ?? value;
}

/** What the fake host sends otherwise than the real one, a sentence each. */
export function differences(real: Turn[], fake: Turn[]): string[] {
  const found: string[] = [];
  for (const [i, turn] of real.entries()) {
    const other = fake[i];
    if (other?.command !== turn.command) return [`${turn.command} was not played`];
    found.push(...fields(turn.answer, other.answer, `${turn.command} answers`));
    const types = new Set([...turn.updates, ...other.updates].map(({ type }) => type));
    for (const type of types) {
      const [a, b] = [turn, other].map(({ updates }) => updates.find((one) => one.type === type));
      const where = `${turn.command} is followed by ${type}`;
      if (a && b) found.push(...fields(a, b, where));
      else found.push(`${where} ${a ? 'in the real host alone' : 'in the fake host alone'}`);
    }
  }
  return [...new Set(found)];
}

/** The fields that only one of them has, or that hold another kind of thing. */
function fields(real: unknown, fake: unknown, where: string): string[] {
  if ((real ?? null) === null || (fake ?? null) === null) return [];
  if (Array.isArray(real) && Array.isArray(fake)) return fields(real[0], fake[0], `${where}[]`);
  if (typeof real !== typeof fake || Array.isArray(real) !== Array.isArray(fake)) {
    return [`${where}: another kind of thing`];
  }
  if (typeof real !== 'object') return [];
  const [a, b] = [real as Record<string, unknown>, fake as Record<string, unknown>];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.flatMap((key) =>
    key in a && key in b
      ? fields(a[key], b[key], `${where}.${key}`)
      : [`${where}.${key} ${key in a ? 'in the real host alone' : 'in the fake host alone'}`],
  );
}
