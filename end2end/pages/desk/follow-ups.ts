import { expect } from '@playwright/test';
import type { Desk } from '../desk.ts';

/** The follow-ups of all reports. */
export class FollowUps {
  constructor(private readonly desk: Desk) {}

  /** Opens the list of one status, such as "Required". */
  async openList(status: string): Promise<void> {
    await this.desk.go('/desk/follow-ups', 'Follow-ups');
    const tab = this.desk.page.getByRole('navigation', { name: 'Follow-ups' }).getByRole('link', { name: status, exact: true });
    await tab.click();
    await expect(tab).toHaveAttribute('aria-current', 'page');
  }
}
