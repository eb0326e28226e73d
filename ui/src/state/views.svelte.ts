/**
 * How the list of runs is looked at: the tab, the filters, the search, the order, and the views that were
 * saved. Filters, order and saved views are kept by the backend; the tab is chosen anew at each start.
 */
import type {
  AppError,
  ListColumn,
  ListFilters,
  ListLook,
  ListTab,
  SavedView,
} from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import type { Clock } from './clock.svelte';
import { isFiltered, NO_FILTERS, passing, sinceWhen } from './filters';
import { grouped, type Item } from './groups';
import { Held } from './held';
import { lookAlikes } from './look-alikes';
import { isFound, isPutAway, type Line, type Runs } from './runs.svelte';
import type { Selection } from './selection.svelte';
import { LARGEST_FIRST, sorted } from './sorting';
import { countTabs, isInTab } from './tabs';

interface Around {
  runs: Runs;
  clock: Clock;
  selection: Selection;
  fail: (error: AppError) => void;
}

const PLAIN: ListLook = {
  filters: NO_FILTERS,
  sort: { column: 'ends', descending: true },
  grouped: false,
};

/** In the row of tabs nobody tells “Mine” from “mine”. */
export const isSameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

export class Views {
  /** The tab in sight. A saved view has one too. */
  tab = $state<ListTab>('all');
  /** The saved view in sight, by its name. */
  savedName = $state<string | null>(null);
  look = $state.raw<ListLook>(PLAIN);
  saved = $state.raw<SavedView[]>([]);
  /** What the user typed into the search field; lives here so that nothing on screen resets it. */
  search = $state('');
  /** What was archived is in sight too. */
  showArchived = $state(false);
  /** The runs as a timeline of today instead of a table. */
  showsToday = $state(false);
  /** How many letters of a name the table has room for. */
  seen = $state(30);
  /** Stays in sight though its tab does not show it any more: its user is at it. */
  kept = $state<string | null>(null);
  /** The order stays while somebody is in the table. */
  private isHeld = $state(false);
  private held = new Held();

  constructor(
    private host: Host,
    private around: Around,
  ) {}

  private readonly unarchived = $derived.by(() =>
    this.lines.filter(({ row }) => this.showArchived || !isPutAway(row)),
  );

  private readonly ordered = $derived.by(() => {
    const { sort } = this.look;
    // Durations tick once a second; only their column's order needs the clock.
    const now = sort.column === 'took' ? this.around.clock.now : 0;
    return sorted(this.unarchived, sort, now);
  });

  private get lines(): Line[] {
    return this.around.runs.byName();
  }

  /** What the chips leave, whatever the tab. */
  readonly filtered = $derived.by(() => {
    const { filters } = this.look;
    const pass = passing(filters, this.from);
    return isFiltered(filters) ? this.ordered.filter(({ row }) => pass(row)) : this.ordered;
  });

  private readonly from = $derived.by(() => {
    const { since } = this.look.filters;
    return since && sinceWhen(since, this.around.clock.now);
  });

  private readonly words = $derived(this.search.toLowerCase().split(/\s+/).filter(Boolean));

  /** The lines in sight, in their order. */
  private readonly inSight = $derived.by(() => {
    const { tab, kept, words } = this;
    const found = this.filtered.filter(
      (line) => (isInTab(line.row, tab) || line.key === kept) && isFound(line, words),
    );
    return this.held.order(found, this.isHeld, [
      tab,
      words.join(' '),
      this.look,
      this.showArchived,
    ]);
  });

  readonly rows = $derived(this.inSight.map(({ row }) => row));

  /** The rows with the heads of their groups, if they are grouped. */
  readonly items = $derived.by((): Item[] => {
    const items = this.inSight.map(({ key, row }): Item => ({ kind: 'run', key, row }));
    return this.look.grouped ? grouped(items) : items;
  });

  /** How many runs each tab has, whatever the filters: what they hide is not gone. */
  readonly counts = $derived(countTabs(this.unarchived.map(({ row }) => row)));

  /** How many runs each saved view has, by its name. */
  readonly savedCounts = $derived.by((): Partial<Record<string, number>> => {
    const count = ({ tab, look: { filters } }: SavedView) => {
      const pass = passing(
        filters,
        filters.since && sinceWhen(filters.since, this.around.clock.minute),
      );
      return this.unarchived.filter(({ row }) => isInTab(row, tab) && pass(row)).length;
    };
    return Object.fromEntries(this.saved.map((view) => [view.name, count(view)]));
  });

  /** The runs whose names look like another one's. */
  readonly alike = $derived(lookAlikes(this.lines, this.seen));

  readonly isNarrowed = $derived(this.words.length > 0 || isFiltered(this.look.filters));

  /** How many runs the search and the filters leave of another tab. */
  matches(tab: ListTab): number {
    const { words } = this;
    return this.filtered.filter((line) => isInTab(line.row, tab) && isFound(line, words)).length;
  }

  /** How many runs that need somebody the filters hide: they stay set over a restart, and nobody may miss a failure. */
  readonly hidden = $derived.by(() => {
    if (this.tab !== 'attention' || !isFiltered(this.look.filters)) return 0;
    return (
      this.counts.attention - this.filtered.filter(({ row }) => isInTab(row, 'attention')).length
    );
  });

  /** How many archived runs are out of sight, and would be in it. */
  readonly archived = $derived.by(() => {
    const pass = passing(this.look.filters, this.from);
    const isMatch = (line: Line) =>
      isPutAway(line.row) && pass(line.row) && isFound(line, this.words);
    return this.lines.filter(isMatch).length;
  });

  async load(): Promise<void> {
    try {
      const { look, saved } = await this.host.getListSettings();
      this.look = look;
      this.saved = saved;
    } catch (thrown) {
      this.around.fail(toAppError(thrown));
    }
  }

  /** What needs somebody, else what runs, else everything. */
  openBest(): void {
    const { counts } = this;
    const best = (['attention', 'running'] as const).find((tab) => counts[tab] > 0);
    this.choose(best ?? 'all');
  }

  choose(tab: ListTab): void {
    this.show(tab, null);
  }

  chooseSaved(view: SavedView): void {
    this.change(view.look);
    this.show(view.tab, view.name);
  }

  /** What was selected or kept in sight in another tab is not so in this one. */
  private show(tab: ListTab, savedName: string | null): void {
    this.tab = tab;
    this.savedName = savedName;
    this.kept = null;
    this.around.selection.clear();
  }

  /** The runs of one process, and no others; `account` where there are several. */
  showProcess(account: string | null, process: string): void {
    this.search = '';
    this.choose('all');
    this.filter({ ...NO_FILTERS, account, process });
  }

  /** Everything that narrows the tab goes. */
  clear(): void {
    this.search = '';
    this.clearFilters();
  }

  clearFilters(): void {
    this.filter(NO_FILTERS);
  }

  filter(filters: Partial<ListFilters>): void {
    this.change({ ...this.look, filters: { ...this.look.filters, ...filters } });
  }

  group(isGrouped: boolean): void {
    this.change({ ...this.look, grouped: isGrouped });
  }

  /** A click on a column's head: sorts by it, or turns its order round. */
  sortBy(column: ListColumn): void {
    const { sort } = this.look;
    const descending = sort.column === column ? !sort.descending : LARGEST_FIRST.includes(column);
    this.change({ ...this.look, sort: { column, descending } });
  }

  /** Saves the view in sight by this name, in place of one that has it. */
  save(name: string): void {
    const view = { name, tab: this.tab, look: this.look };
    const others = this.saved.filter((other) => !isSameName(other.name, name));
    this.saved = [...others, view];
    this.savedName = name;
    this.keep();
  }

  /** An account was removed: nothing that is in the list is its any more. */
  forgetAccount(account: string): void {
    const isIts = ({ filters }: ListLook) => filters.account === account;
    const saved = this.saved.filter(({ look }) => !isIts(look));
    if (saved.length === this.saved.length && !isIts(this.look)) return;
    if (!saved.some(({ name }) => name === this.savedName)) this.savedName = null;
    this.saved = saved;
    if (isIts(this.look)) this.filter({ account: null });
    else this.keep();
  }

  /** Takes a saved view off; answers how to put it back. */
  unsave(name: string): () => Promise<void> {
    const removed = this.saved.filter((view) => view.name === name);
    this.saved = this.saved.filter((view) => view.name !== name);
    if (this.savedName === name) this.savedName = null;
    this.keep();
    return () => {
      // What was saved meanwhile stays, also under its name.
      if (!this.saved.some((view) => view.name === name)) this.saved = [...removed, ...this.saved];
      return this.write();
    };
  }

  /** Somebody is in the table, or has left it. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
  }

  /** What is in sight is no saved view any more. */
  private change(look: ListLook): void {
    this.look = look;
    this.savedName = null;
    this.keep();
  }

  private keep(): void {
    this.write().catch((thrown: unknown) => this.around.fail(toAppError(thrown)));
  }

  private write(): Promise<void> {
    const { look, saved } = this;
    return this.host.setListSettings({ look, saved });
  }
}
