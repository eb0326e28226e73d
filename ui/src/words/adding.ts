/** What people read where runs are added by their ids or addresses. Pure functions. */
import { count } from './runs';

export const ADDING = {
  label: 'Add runs',
  field: 'Add runs by their ids or addresses',
  placeholder: 'Add runs: ids or addresses',
  add: 'Add',
  adding: 'Adding…',
  pick: 'Choose from SolveXia…',
  pickTitle: 'Choose a run from SolveXia, or create one',
};

/** Several runs found in one text. */
export const SEVERAL = {
  title: 'Add several runs',
  found: 'Runs found',
  foundIn: (host: string | null) => `Found in your text, for ${host ?? 'this account'}.`,
  failed: (n: number) => `${count(n, 'run')} could not be added. The reason is shown beside each.`,
  here: 'In the list already',
  guess: 'From a number alone',
  stop: 'Stop',
  close: 'Close',
  left: (n: number) => `Adding, ${n.toLocaleString()} to go…`,
  add: (n: number) => `Add ${count(n, 'run')}`,
};
