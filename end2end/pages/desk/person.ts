import { expect } from '@playwright/test';
import type { Desk } from '../desk.ts';

/** Somebody outside: access and invitations. */
export class Person {
  constructor(private readonly desk: Desk) {}

  /** The state of the newest invitation. */
  async expectInvitation(state: string): Promise<void> {
    await expect(this.desk.part('Invitations').getByRole('listitem').first().locator('.status')).toContainText(state);
  }

  async resend(): Promise<void> {
    const before = await this.desk.part('Invitations').getByRole('listitem').count();
    await this.desk.press('Send again');
    await expect(this.desk.part('Invitations').getByRole('listitem')).toHaveCount(before + 1);
  }

  async revoke(): Promise<void> {
    await this.desk.press('Revoke');
    await this.expectInvitation('Revoked');
  }
}
