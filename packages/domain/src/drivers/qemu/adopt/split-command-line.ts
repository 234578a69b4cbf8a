/** An option of a command line, without its dashes, and what follows it; empty where nothing does. */
export type GivenOption = {readonly name: string; readonly value: string};

/** Options of QEMU 7.2 that nothing follows. */
const FLAGS: ReadonlySet<string> = new Set(
	[
		['S', 's', 'daemonize', 'enable-kvm', 'enable-sync-profile', 'full-screen', 'mem-prealloc', 'no-acpi', 'no-fd-bootchk', 'no-hpet'],
		['no-reboot', 'no-shutdown', 'no-user-config', 'nodefaults', 'nodefconfig', 'nographic', 'only-migratable', 'portrait', 'preconfig'],
		['singlestep', 'snapshot', 'usb', 'win2k-hack', 'xen-attach', 'xen-domid-restrict', 'async-teardown'],
	].flat(),
);

/**
 * The options of a command line, in their order. `argv`: the program's name first. `known`: options that are known to have a value, whatever it
 * begins with. An unknown one has a value unless an option follows it. A bare word is a disk, as QEMU takes it: `-hda`.
 */
export function splitCommandLine(argv: readonly string[], known: ReadonlySet<string>): GivenOption[] {
	const options: GivenOption[] = [];
	for (let index = 1; index < argv.length; index++) {
		const word = argv[index] ?? '';
		const name = /^--?(.+)$/s.exec(word)?.[1];
		if (name === undefined) {
			options.push({name: 'hda', value: word});
			continue;
		}

		const next = argv[index + 1];
		const hasValue = !FLAGS.has(name) && next !== undefined && (known.has(name) || !next.startsWith('-'));
		options.push({name, value: hasValue ? next : ''});
		if (hasValue) index++;
	}

	return options;
}
