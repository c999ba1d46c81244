/** What is only needed close to a plinth. A chunk of its own: nobody needs it before a touch. */
export { drawSeen } from './in-view.ts';
export { nearSet } from './near-set.ts';
