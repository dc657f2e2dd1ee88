import type { Portal } from '../portal.ts';

/** Signing in, and getting back in. */
export class SignIn {
  constructor(private readonly portal: Portal) {}

  async open(): Promise<void> {
    await this.portal.go('/sign-in', 'Sign in');
  }

  async submit(email: string, password: string): Promise<void> {
    await this.portal.fill({ 'Email address': email, Password: password });
    await this.portal.press('Sign in');
  }

  async as(email: string, password: string): Promise<void> {
    await this.open();
    await this.submit(email, password);
    await this.portal.shown('Home');
  }

  /** Asks for a mail with a link to set another password. */
  async forgot(email: string): Promise<void> {
    await this.open();
    await this.portal.follow('Forgotten your password?');
    await this.portal.shown('Forgotten password');
    await this.portal.fill({ 'Email address': email });
    await this.portal.press('Send link');
  }

  async reset(link: string, password: string): Promise<void> {
    await this.portal.page.goto(link);
    await this.portal.shown('Set a new password');
    await this.portal.fill({ 'New password': password });
    await this.portal.press('Save password');
    await this.portal.shown('Home');
  }
}
