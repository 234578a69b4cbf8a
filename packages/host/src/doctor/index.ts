/** What both sides of the doctor share: what they look at, how it is judged, how it is told. */
export {checksOfDaemon, checksOfHost, checksOfStart, type ExaminedHost} from './examine-host.ts';
export {CHECKS, type CheckName, fault, findingOf, type Judgement, ok, warning} from './finding.ts';
export {type QemuFacts, judgeQemu, machineNames, qemuFacts} from './qemu.ts';
export {checksInPlaceOf} from './in-place-of-daemon.ts';
export {judgeName, judgeSilentDaemon, nameFacts, type SilentDaemonFacts, silentDaemonFacts} from './services.ts';
export {memoryFacts, roomBytes} from './storage.ts';
export {systemCodeOf} from './system-code.ts';
export {type Check, examineAll} from './within.ts';
