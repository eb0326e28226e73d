/** Quitting while ends are awaited or not shown yet: what is asked, and what the answers do. */
import type { Host } from '../host/host';
import { count, cut } from '../words/runs';
import type { Question } from './ask.svelte';

/** More names than these are counted. */
const NAMED = 6;

const listed = (names: string[]) => {
  const named = names.slice(0, NAMED).map((name) => cut(name, 80));
  const more = names.length - named.length;
  if (more > 0) named.push(`and ${more.toLocaleString()} more`);
  return named.join('\n');
};

/** `runs` are the names of those whose ends would be missed, `unshown` what was not shown yet. */
export function quitQuestion(host: Host, runs: string[], unshown: string[]): Question {
  const one = runs.length === 1;
  const missed = `${count(runs.length, 'watched run')} ${one ? 'has' : 'have'} not ended yet. Until Runwatch is opened again, you are not told of ${one ? 'its end' : 'their ends'}.`;
  const held = `${count(unshown.length, 'notification')} ${unshown.length === 1 ? 'was' : 'were'} not shown yet. ${unshown.length === 1 ? 'It stands' : 'They stand'} in the Inbox, and Runwatch shows ${unshown.length === 1 ? 'it' : 'them'} once it is opened again.`;
  return {
    title: 'Quit Runwatch?',
    facts: [
      { label: one ? 'Watched' : 'Watched runs', value: listed(runs) },
      { label: 'Not shown yet', value: listed(unshown) },
    ].filter((fact) => fact.value !== ''),
    warning: [runs.length > 0 && missed, unshown.length > 0 && held].filter(Boolean).join(' '),
    explanation:
      'To keep watching without the window, close it instead: Runwatch stays open without it. Nothing changes in SolveXia either way.',
    confirm:
      runs.length === 0 ? 'Quit' : one ? 'Quit and miss its end' : 'Quit and miss their ends',
    dismiss: runs.length === 0 ? 'Stay open' : 'Keep watching',
    danger: true,
    go: () => host.quit(),
    dropped: () => void host.stay().catch(() => undefined),
  };
}
