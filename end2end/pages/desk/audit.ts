import { expect } from '@playwright/test';
import type { Desk } from '../desk.ts';

/** Who did what. */
export class Audit {
  constructor(private readonly desk: Desk) {}

  async open(): Promise<void> {
    await this.desk.go('/desk/audit', 'Audit log');
  }

  /** Fills in the filter and sends it. */
  async filter(choices: { subject?: string; kind?: string; who?: string }): Promise<void> {
    if (choices.subject !== undefined) await this.desk.input('Subject').selectOption(choices.subject);
    if (choices.kind !== undefined) await this.desk.input('Kind of event').selectOption(choices.kind);
    if (choices.who !== undefined) await this.desk.input('Name or email address').fill(choices.who);
    await Promise.all([this.desk.page.waitForEvent('framenavigated'), this.desk.press('Search')]);
    await this.desk.shown('Audit log');
    await expect(this.desk.page).toHaveURL(/subject=/);
  }

  /** What is listed, by kind of event. */
  async kinds(): Promise<string[]> {
    const cells = this.desk.main.getByRole('table').getByRole('row').getByRole('cell').and(this.desk.page.locator('[data-label="What"]'));
    return cells.allTextContents();
  }
}
