/** Configuration and units alone, without the system calls of the rest: what migrate-ctl needs. */
export {type Config, type ConfigOverrides, loadConfig, type LoadConfigOptions, type RemoteHost} from './load-config.ts';
export {parseTomlFile, readTomlText, type ParseTomlOptions} from './parse-toml-file.ts';
export {AbsolutePath, Size} from './values.ts';
export {defaultPaths, type Paths} from './paths.ts';
export {formatDuration, formatRate, formatSize, parseDuration, parsePercent, parseRate, parseSize, UnitError} from '../units.ts';
