import type { Portal } from '../portal.ts';

/** The page behind an invitation's link. */
export class Invitation {
  constructor(private readonly portal: Portal) {}

  /** Opens the link of the mail. */
  async open(link: string): Promise<void> {
    await this.portal.page.goto(link);
    await this.portal.shown('Your invitation');
  }

  /** Opens a link that was used, replaced or taken back. */
  async expectEnded(link: string): Promise<void> {
    await this.portal.page.goto(link);
    await this.portal.shown('This link has ended');
  }

  /** Sets the password: the contact is in, and welcomed. */
  async accept(password: string): Promise<void> {
    await this.portal.fill({ 'New password': password });
    await this.portal.press('Accept invitation');
    await this.portal.shown(undefined, /\/welcome$/);
  }
}
