/** What an operator types. */
export {EXIT_STATUSES} from './exit-status.ts';
export type {CliIo, Interrupt, Output} from './io.ts';
export type {ProtectionJson} from './protection/protection-json.ts';
export {createProgram, run} from './program.ts';
