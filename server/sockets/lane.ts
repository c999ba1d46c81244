/** One pace at which something is told: after each time it rests, and what became due meanwhile is told when the rest is over. */
export type Lane = {
  /** there is something to tell */
  due: boolean;
  readonly resting: boolean;
  /** due, and not resting */
  readonly ready: boolean;
  /** It was told now. */
  rest(): void;
  /** What is called when a rest is over and something is due. */
  again(): void;
};

export const makeLane = (restMs: number, again: () => void): Lane => {
  let resting = false;
  let timer: NodeJS.Timeout | undefined;
  const lane = {
    due: false,
    again,
    get resting() {
      return resting;
    },
    get ready() {
      return lane.due && !resting;
    },
    rest: () => {
      lane.due = false;
      resting = true;
      // told again before its rest is over: it rests from now on
      clearTimeout(timer);
      timer = setTimeout(() => {
        resting = false;
        if (lane.due) again();
      }, restMs).unref();
    },
  };
  return lane;
};
