export {endProcessWhenDone} from '@sterna/system/end-process';
export {endedByForce, failureBesidesTests} from './ava-run.ts';
export {TapTally, type Silence, type TapTallyOptions} from './tap-tally.ts';
