import {setTimeout as sleep} from 'node:timers/promises';

/** Resolves after so many milliseconds, of the same clock that the engine is given; rejects with the signal. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** By the clock on the wall. */
export const wait: Wait = async (milliseconds, signal) => sleep(milliseconds, undefined, {signal});
