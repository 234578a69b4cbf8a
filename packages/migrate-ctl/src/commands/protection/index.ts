import type {Command} from '../../command.ts';
import type {Cli} from '../../cli.ts';
import {addFailoverCommand} from './failover.ts';
import {addProtectCommand} from './protect.ts';
import {addUnprotectCommand} from './unprotect.ts';

/** The commands about live standbys. */
export function addProtectionCommands(program: Command, cli: Cli): void {
	addProtectCommand(program, cli);
	addUnprotectCommand(program, cli);
	addFailoverCommand(program, cli);
}
