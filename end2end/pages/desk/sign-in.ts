import { expect } from '@playwright/test';
import type { Desk } from '../desk.ts';

export class SignIn {
  constructor(private readonly desk: Desk) {}

  async as(email: string, password: string): Promise<void> {
    await this.desk.go('/desk/sign-in', 'Sign in');
    await this.desk.fill({ 'Email address': email, Password: password });
    await this.desk.press('Sign in');
    // A new installation leads to its first steps.
    await expect(this.desk.page.getByRole('heading', { level: 1 })).toHaveText(/^(Inbox|First steps)$/);
    await this.desk.shown();
  }
}
