/** Tells whether any of some numbers differs from what it was the last time. Keeps only the numbers, and makes nothing. */
export class Changes {
  private readonly last: Float64Array;
  private at = 0;
  private differs = false;

  constructor(count: number) {
    this.last = new Float64Array(count).fill(Number.NaN);
  }

  /** The next number, always in the same order. */
  put(value: number): this {
    if (this.last[this.at] !== value) {
      this.last[this.at] = value;
      this.differs = true;
    }
    this.at++;
    return this;
  }

  /** All were put: whether one of them differs. */
  end(): boolean {
    const { differs } = this;
    this.at = 0;
    this.differs = false;
    return differs;
  }
}
