/** Quitting while ends are awaited or not shown yet: what is asked, and what the answers do. */
import type { Host } from '../host/host';
import { moreNames, quitWords } from '../words/questions';
import { cut } from '../words/runs';
import type { Question } from './ask.svelte';

/** More names than these are counted. */
const NAMED = 6;

const listed = (names: string[]) => {
  const named = names.slice(0, NAMED).map((name) => cut(name, 80));
  const more = names.length - named.length;
  if (more > 0) named.push(moreNames(more));
  return named.join('\n');
};

/** `runs` are the names of those whose ends would be missed, `unshown` what was not shown yet. */
export function quitQuestion(host: Host, runs: string[], unshown: string[]): Question {
  const { watched, notShown, ...words } = quitWords(runs.length, unshown.length);
  return {
    ...words,
    id: 'quit',
    facts: [
      { label: watched, value: listed(runs) },
      { label: notShown, value: listed(unshown) },
    ].filter((fact) => fact.value !== ''),
    danger: true,
    go: () => host.quit(),
    dropped: () => void host.stay().catch(() => undefined),
  };
}
