import type {QemuConfiguration} from './qemu-state.ts';
import {SectionType} from './section-end.ts';
import {type StateReader, StateStop} from './state-reader.ts';

/** Names of machine types have some 20 characters, and QEMU 7.2 some 20 capabilities. */
const MAX_MACHINE_NAME_BYTES = 256;
const MAX_CAPABILITIES = 256;

const UUID_BYTES = 16;
const PAGE_BITS_BYTES = 4;

/** Behind its type byte: u32 length and the machine's name, then what else QEMU had to say, each as a subsection. */
export function readConfiguration(reader: StateReader): QemuConfiguration {
	const machineBytes = reader.u32();
	if (machineBytes > MAX_MACHINE_NAME_BYTES) throw new StateStop(reader.at, `no machine's name has ${machineBytes} bytes`);
	const machine = reader.text(machineBytes);
	const capabilities: string[] = [];
	while (reader.isNext(SectionType.SUBSECTION)) {
		const offset = reader.at;
		reader.skip(1);
		const name = reader.name();
		reader.skip(4); // Its version.
		switch (name) {
			case 'configuration/target-page-bits':
				reader.skip(PAGE_BITS_BYTES);
				break;
			case 'configuration/capabilities':
				capabilities.push(...readCapabilities(reader));
				break;
			case 'configuration/uuid':
				reader.skip(UUID_BYTES);
				break;
			default:
				throw new StateStop(offset, `the part ${name} of the configuration is not known`);
		}
	}

	return {machine, capabilities};
}

function readCapabilities(reader: StateReader): string[] {
	const count = reader.u32();
	if (count > MAX_CAPABILITIES) throw new StateStop(reader.at, `no QEMU has ${count} capabilities`);
	return Array.from({length: count}, () => reader.name());
}
