/** Sample data of the fake host: a finance team's month-end, with what the backend would say of it. */
import type { Outcome } from '../../generated/contract';
import { GOING, type Buttons, type Frame } from './recordings';

export interface SampleStep {
  name: string;
  status: string;
  message?: string;
  seconds?: number;
  enabled?: boolean;
}

export interface SampleRun {
  id: string;
  name: string;
  process: string;
  /** Where `PROCESSES` does not name it. */
  processName?: string;
  description: string | null;
  status: string;
  ended: boolean;
  outcome: Outcome | null;
  summary: string;
  buttons: Buttons;
  /** Earlier runs of its process are known. */
  known: boolean;
  /** What is played on it from the start. */
  frames?: Frame[];
  /** Minutes ago. */
  started: number | null;
  seconds: number | null;
  watched: boolean;
  steps: SampleStep[];
  archived?: boolean;
  /** It takes longer than nine of ten runs do. */
  late?: boolean;
  /** Minutes by which its expected end is later than the recorded one. */
  endsLater?: number;
  stepsNote?: string;
  /** Places that SolveXia does not list; the numbering of `steps` leaves them out. */
  gaps?: string[];
}

export const PROCESSES = [
  { processId: 'p-114273', name: 'Bank reconciliation' },
  { processId: 'p-114301', name: 'FX revaluation' },
  { processId: 'p-114322', name: 'Intercompany matching' },
  { processId: 'p-114350', name: 'Management pack' },
  { processId: 'p-114377', name: 'Accruals and prepayments' },
  { processId: 'p-114402', name: 'VAT return' },
  { processId: 'p-114410', name: 'Fixed assets depreciation' },
];

const done = (name: string, seconds: number, message = 'step completed'): SampleStep => ({
  name,
  seconds,
  message,
  status: 'Success',
});

const waiting = (name: string): SampleStep => ({ name, status: 'NotStarted' });

export const RUNS: SampleRun[] = [
  {
    id: 'pr-263101',
    name: 'Management pack : November, first draft',
    process: 'p-114350',
    description: 'Board pack with commentary. Needs the signed-off trial balance.',
    status: 'NotStarted',
    ended: false,
    outcome: null,
    summary: 'It has not been started.',
    buttons: 'to-start',
    known: false,
    started: null,
    seconds: null,
    watched: false,
    steps: [
      waiting('Load trial balance'),
      waiting('Map to reporting lines'),
      waiting('Build variance tables'),
      waiting('Publish pack'),
    ],
  },
  {
    id: 'pr-263088',
    name: 'Intercompany matching : November',
    process: 'p-114322',
    description: 'Matches balances of all 14 entities and lists what does not agree.',
    status: 'Running',
    ended: false,
    outcome: null,
    summary: 'It is running.',
    buttons: 'going',
    known: true,
    frames: GOING,
    started: 11.4,
    seconds: null,
    watched: true,
    gaps: ['1.3'],
    steps: [
      done('Load entity ledgers', 184, '14 of 14 ledgers loaded'),
      done('Convert to group currency', 62),
      { name: 'Match by reference', status: 'Running', message: 'step is currently running' },
      waiting('Match by amount and date'),
      waiting('Write exceptions report'),
    ],
  },
  {
    id: 'pr-263075',
    name: 'Bank reconciliation : 30 November, main account',
    process: 'p-114273',
    description: null,
    status: 'Finished',
    ended: true,
    outcome: 'failed',
    summary: '1 of 4 listed steps failed.',
    buttons: 'ended',
    known: true,
    started: 96,
    seconds: 932,
    watched: true,
    steps: [
      done('Load bank statement', 48, '1,204 lines loaded'),
      done('Load ledger', 133, '1,187 lines loaded'),
      {
        name: 'Match transactions',
        status: 'Failed',
        seconds: 611,
        message:
          'Column “Value date” was not found in statement_2511.csv. Expected one of: Value date, Valuta, Buchungstag. Check the export settings at the bank and load the file again.',
      },
      waiting('Post differences'),
      { ...waiting('Mail summary'), enabled: false },
    ],
  },
  {
    id: 'pr-263060',
    name: 'FX revaluation : November',
    process: 'p-114301',
    description: 'Month-end rates from the treasury file.',
    status: 'Finished',
    ended: true,
    outcome: 'warnings',
    summary: '1 of 4 listed steps ended with a warning.',
    buttons: 'ended',
    known: true,
    started: 171,
    seconds: 3861,
    watched: false,
    steps: [
      done('Load rates', 12),
      done('Revalue open items', 3604),
      {
        name: 'Check against last month',
        status: 'Warning',
        seconds: 204,
        message: '3 accounts moved by more than 10%: 1120, 1130, 2455',
      },
      done('Write journal', 41, 'Journal J-2511-FX written'),
    ],
  },
  {
    id: 'pr-263052',
    name: 'Accruals and prepayments : November',
    process: 'p-114377',
    description: null,
    status: 'Finished',
    ended: true,
    outcome: 'succeeded',
    summary: '3 of 4 listed steps succeeded, 1 skipped.',
    buttons: 'ended',
    known: true,
    started: 260,
    seconds: 415,
    watched: false,
    steps: [
      done('Load contracts', 95),
      done('Compute accruals', 212),
      { name: 'Compute prepayments', status: 'Skipped', message: 'no prepayments this month' },
      done('Write journal', 108),
    ],
  },
  {
    id: 'pr-262990',
    name: 'VAT return : October, corrected',
    process: 'p-114402',
    description: null,
    status: 'Cancelled',
    ended: true,
    outcome: 'cancelled',
    summary: 'It was cancelled.',
    buttons: 'ended',
    known: true,
    started: 60 * 25,
    seconds: 48,
    watched: false,
    steps: [done('Load sales', 40), { name: 'Load purchases', status: 'Cancelled', seconds: 8 }],
  },
  {
    id: 'pr-262941',
    name: 'Fixed assets depreciation : November',
    process: 'p-114410',
    description: null,
    status: 'TimedOut',
    ended: true,
    outcome: 'timed-out',
    summary: 'SolveXia stopped it because it took too long.',
    buttons: 'ended',
    known: true,
    started: 60 * 29,
    seconds: 7200,
    watched: false,
    steps: [done('Load register', 300), { name: 'Compute', status: 'Cancelled', seconds: 6900 }],
  },
  {
    id: 'pr-262877',
    name: 'Bank reconciliation : 30 November, payroll account',
    process: 'p-114273',
    description: null,
    status: 'Finished',
    ended: true,
    outcome: 'unverified',
    summary: 'SolveXia lists no step that could prove how it ended.',
    buttons: 'ended',
    known: true,
    started: 60 * 52,
    seconds: 128,
    watched: false,
    steps: [],
  },
  {
    id: 'pr-262850',
    name: 'Treasury positions : daily',
    process: 'p-114301',
    description: null,
    status: 'AwaitingApproval',
    ended: false,
    outcome: null,
    summary: 'SolveXia says “AwaitingApproval”, a word that Runwatch does not know.',
    buttons: 'unknown-status',
    known: false,
    started: 60 * 76,
    seconds: null,
    watched: false,
    steps: [done('Load positions', 22)],
  },
];

/** A few runs of another environment, where a team tries things out. */
export const SANDBOX_RUNS: SampleRun[] = [
  {
    id: 'pr-50012',
    name: 'Bank reconciliation : new matching rules, second try',
    process: 'p-5003',
    description: null,
    status: 'Finished',
    ended: true,
    outcome: 'succeeded',
    summary: 'All 2 listed steps succeeded.',
    buttons: 'ended',
    known: true,
    started: 41,
    seconds: 96,
    watched: true,
    steps: [done('Load bank statement', 12), done('Match transactions', 84)],
  },
  {
    id: 'pr-50009',
    name: 'VAT return : test with October’s data',
    process: 'p-5001',
    description: null,
    status: 'NotStarted',
    ended: false,
    outcome: null,
    summary: 'It has not been started.',
    buttons: 'to-start',
    known: false,
    started: null,
    seconds: null,
    watched: false,
    steps: [waiting('Load sales'), waiting('Load purchases')],
  },
];

/** The places `1.1`, `1.2`, … that leave out what the sample names as a gap. */
export function places(count: number, gaps: string[] = []): string[] {
  const found: string[] = [];
  for (let n = 1; found.length < count; n += 1) {
    const place = `1.${n}`;
    if (!gaps.includes(place)) found.push(place);
  }
  return found;
}
