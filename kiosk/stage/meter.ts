/** What the stage costs: draws, triangles and script time of the frames drawn. Keeps the last 60 times only. */

const keptFrames = 60;

export class Meter {
  private readonly times: number[] = [];
  framesDrawn = 0;
  draws = 0;
  triangles = 0;

  record(scriptMs: number, draws: number, triangles: number): void {
    this.framesDrawn++;
    this.draws = draws;
    this.triangles = triangles;
    this.times.push(scriptMs);
    if (this.times.length > keptFrames) this.times.shift();
  }

  get scriptMsMedian(): number {
    return [...this.times].sort((a, b) => a - b)[this.times.length >> 1] ?? 0;
  }
}
