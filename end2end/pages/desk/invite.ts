import { expect } from '@playwright/test';
import type { Desk } from '../desk.ts';

/** Inviting somebody, from a customer's page. */
export class Invite {
  constructor(private readonly desk: Desk) {}

  async open(): Promise<void> {
    await this.desk.follow('Invite person');
    await this.desk.shown('Invite person');
  }

  /** Who is invited, and to which locations: to all unless some are chosen. */
  async fill(person: { name: string; email: string }, locations: string[] = []): Promise<void> {
    await this.desk.fill({ 'First and last name': person.name, 'Email address': person.email });
    if (locations.length === 0) return;
    await this.desk.main.getByRole('radio', { name: 'Selected locations' }).check();
    for (const location of locations) await this.desk.main.getByRole('checkbox', { name: location, exact: true }).check();
  }

  async expectPreview(sentence: string): Promise<void> {
    await expect(this.desk.main.getByRole('status').filter({ hasText: sentence })).toBeVisible();
  }

  async send(name: string): Promise<void> {
    await this.desk.press('Send invitation');
    await this.desk.shown(name);
  }
}
