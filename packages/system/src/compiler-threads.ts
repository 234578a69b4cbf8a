import {setFlagsFromString} from 'node:v8';

/** The argument to Node that does what `compileWithoutMaglev` does, for processes that are made. */
export const WITHOUT_MAGLEV = '--no-maglev';

/**
 * To be called first in a process that must end. As it exits, Node 24 waits for V8's compiler threads; one that compiles with Maglev may need a garbage collection, which the main
 * thread does not do any more, and both wait for ever. Without Maglev no compiler thread waits for one; what is hot is compiled by the next tier all the same.
 */
export function compileWithoutMaglev(): void {
	setFlagsFromString(WITHOUT_MAGLEV);
}
