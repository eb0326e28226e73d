/** What people read where runs are added by their ids or addresses. Pure functions. */
import { count } from './runs';

export const ADDING = {
  label: 'Add runs',
  field: 'Add runs by their ids or addresses',
  placeholder: 'Add by id or address',
  pick: 'Choose from SolveXia…',
  pickTitle: 'Choose a run from SolveXia, or create one',
};

/** Several runs found in one text. */
export const SEVERAL = {
  title: 'Add several runs',
  found: 'Runs found',
  foundIn: (host: string | null) => `Found in your text, for ${host ?? 'this account'}.`,
  done: (added: number, failed: number) =>
    [
      added > 0 || failed === 0 ? `${count(added, 'run')} added.` : '',
      failed > 0 ? `${count(failed, 'run')} could not be added.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  failed: (n: number) => `${count(n, 'run')} could not be added. The reason is shown beside each.`,
  here: 'In the list already',
  guess: 'From a number alone',
  left: (n: number) => `Adding, ${n.toLocaleString()} to go…`,
  add: (n: number) => `Add ${count(n, 'run')}`,
};
