/** Quitting while ends are awaited: what is asked, and what the answers do. */
import type { Host } from '../host/host';
import { count, cut } from '../words';
import type { Question } from './ask.svelte';

/** More names than these are counted. */
const NAMED = 6;

/** `runs` are the names of those whose ends would be missed. */
export function quitQuestion(host: Host, runs: string[]): Question {
  const named = runs.slice(0, NAMED).map((name) => cut(name, 80));
  const more = runs.length - named.length;
  if (more > 0) named.push(`and ${more.toLocaleString()} more`);
  const them = runs.length === 1 ? 'its end' : 'their ends';
  return {
    title: 'Quit Runwatch?',
    facts: [{ label: runs.length === 1 ? 'Watched' : 'Watched runs', value: named.join('\n') }],
    warning: `${count(runs.length, 'watched run')} ${runs.length === 1 ? 'has' : 'have'} not ended yet. Until Runwatch is opened again, you are not told of ${them}.`,
    explanation:
      'To keep watching without the window, close it instead: Runwatch stays in the tray. Nothing changes in SolveXia either way.',
    confirm: runs.length === 1 ? 'Quit and miss its end' : 'Quit and miss their ends',
    dismiss: 'Keep watching',
    danger: true,
    go: () => host.quit(),
    dropped: () => void host.stay().catch(() => undefined),
  };
}
