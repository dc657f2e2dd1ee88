import type { Locator } from '@playwright/test';
import type { Portal } from '../portal.ts';

export class FollowUps {
  constructor(private readonly portal: Portal) {}

  async openList(): Promise<void> {
    await this.portal.go('/follow-ups', 'Follow-ups');
  }

  /** A follow-up by its text, under "Required", "Planned" or "Done". */
  under(part: string, text: string): Locator {
    return this.portal.part(part).getByRole('listitem').filter({ hasText: text });
  }
}
