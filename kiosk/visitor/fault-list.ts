/** What is wrong with this kiosk now, as its heartbeat tells it: each code once, the latest ones where there are too many. */
const toldFaultsMax = 8;

export class FaultList {
  readonly #codes: string[] = [];

  get codes(): string[] {
    return [...this.#codes];
  }

  /** Notes what has gone wrong; whether it is news. */
  begins(code: string): boolean {
    if (this.#codes.includes(code)) return false;
    this.#codes.push(code);
    if (this.#codes.length > toldFaultsMax) this.#codes.shift();
    return true;
  }

  /** What is over is not told any more. */
  ends(code: string): void {
    const at = this.#codes.indexOf(code);
    if (at >= 0) this.#codes.splice(at, 1);
  }
}
