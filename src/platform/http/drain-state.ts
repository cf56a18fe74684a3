/**
 * Whether the server is about to close. While it drains, it processes requests as before, but `/readyz` is 503 and each
 * response closes its connection, so that load balancers and clients move to another node before the port closes.
 */
export class DrainState {
  private draining = false;

  get isDraining(): boolean {
    return this.draining;
  }

  /** May be called twice. */
  begin(): void {
    this.draining = true;
  }
}
