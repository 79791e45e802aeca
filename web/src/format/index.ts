export * from './number'
export * from './scale'
export * as time from './time'
export { titleOf } from './title'
