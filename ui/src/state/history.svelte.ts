/** The local history: why it is not kept, and the way on where its file is damaged. */
import type { AppError, DamagedHistory } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { FACTS, NEW_HISTORY } from '../words/questions';
import type { Ask } from './ask.svelte';

export class History {
  /** Why history is not kept, while so. */
  problem = $state<string | null>(null);
  /** Whether Inbox and Activity could be read: else they may lack what was told and done before. */
  isRead = $state(true);
  /** The file that was found damaged, until a new one is begun. */
  damaged = $state.raw<DamagedHistory | null>(null);

  constructor(
    private host: Host,
    private ask: Ask,
    private fail: (error: AppError) => void,
  ) {}

  askNew({ file, keptAs }: DamagedHistory): void {
    this.ask.ask({
      ...NEW_HISTORY,
      facts: [
        { label: FACTS.damaged, value: file },
        { label: FACTS.keptAs, value: keptAs },
      ],
      danger: false,
      go: () => this.startNew(),
    });
  }

  private async startNew(): Promise<void> {
    try {
      await this.host.startNewHistory();
      this.problem = null;
      this.damaged = null;
    } catch (thrown) {
      this.fail(toAppError(thrown));
    }
  }
}
