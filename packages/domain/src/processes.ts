/** What is known of other processes, without the rest of this package: what starts for one task reads no more than it needs. */
export {childEnvironment} from './child-environment.ts';
export {isProcessAlive, isProcessStopped, killProcess, type ProcessIdentity, startTicksOf, waitForExit} from './process-identity.ts';
