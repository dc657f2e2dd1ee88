import { expect } from '@playwright/test';
import type { Portal } from '../portal.ts';

export class Account {
  constructor(private readonly portal: Portal) {}

  async open(): Promise<void> {
    await this.portal.go('/account', 'Account');
  }

  async signOutEverywhere(): Promise<void> {
    await this.open();
    await this.portal.press('Sign out everywhere');
    await this.portal.shown('Sign in');
  }

  async openAccess(): Promise<void> {
    await this.portal.go('/account/access', 'What you can see');
  }

  /** Chooses a language by its word, in whatever language the page is now. */
  async speak(lang: string): Promise<void> {
    await this.portal.go('/account');
    await this.portal.page.locator('select[name=lang]').selectOption(lang);
    await this.portal.page.locator('form:has(select[name=lang]) button').click();
    await this.portal.page.waitForURL(/saved=profile/);
    await expect(this.portal.page.locator('html')).toHaveAttribute('lang', lang);
  }
}
