// The check behind `migrate-ctl stream verify`, for programs: `@sterna/migrate-ctl/stream`.
export {exitStatusOfStream, type StreamOutcome} from './commands/stream/stream-outcome.ts';
export type {StreamSource} from './commands/stream/stream-source.ts';
export {checkStream, type Verdict} from './commands/stream/verify.ts';
