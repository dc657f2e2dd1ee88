import { expect } from '@playwright/test';
import type { Portal } from '../portal.ts';

/** The first visit. */
export class Welcome {
  constructor(private readonly portal: Portal) {}

  async expectGreeting(firstName: string, places: string[]): Promise<void> {
    await this.portal.shown(`Welcome, ${firstName}`, /\/welcome$/);
    for (const place of places) await expect(this.portal.main).toContainText(place);
  }

  /** Answers the one question, and goes on to the first page. */
  async choose(mails: 'At once' | 'Once a day' | 'No emails'): Promise<void> {
    await this.portal.main.getByRole('radio', { name: mails, exact: true }).check();
    await this.portal.press('Continue to the portal');
    await this.portal.shown('Home');
  }
}
