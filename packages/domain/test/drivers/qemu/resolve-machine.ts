import test from 'ava';
import {parseMachineHelp, resolveMachine} from '../../../src/drivers/qemu/resolve-machine.ts';

const HELP = `Supported machines are:
microvm              microvm (i386)
pc                   Standard PC (i440FX + PIIX, 1996) (alias of pc-i440fx-7.2)
pc-i440fx-7.2        Standard PC (i440FX + PIIX, 1996) (default)
q35                  Standard PC (Q35 + ICH9, 2009) (alias of pc-q35-7.2)
pc-q35-7.2           Standard PC (Q35 + ICH9, 2009)
pc-i440fx-1.4        Standard PC (i440FX + PIIX, 1996) (deprecated)
`;

test('an alias stands for the machine type of this version', t => {
	const machines = parseMachineHelp(HELP);
	t.is(machines.get('q35'), 'pc-q35-7.2');
	t.is(machines.get('pc'), 'pc-i440fx-7.2');
	t.is(machines.get('pc-i440fx-1.4'), 'pc-i440fx-1.4');
	t.is(machines.get('microvm'), 'microvm');
	t.is(machines.get('Supported'), undefined);
});

test('a program that is not there, or lists no machines, is named', async t => {
	const refused = {name: 'DomainError', code: 'ERR_NOT_SUPPORTED'};
	await t.throwsAsync(resolveMachine('/nowhere/qemu', 'q35'), {...refused, message: /\/nowhere\/qemu is not installed/});
	await t.throwsAsync(resolveMachine('/bin/false', 'q35'), refused);
	await t.throwsAsync(resolveMachine('/bin/true', 'q35'), {...refused, message: /\/bin\/true has no machine type q35/});
});
