/** The two channels between the window and the main process: calls one way, events the other. */
export const callChannel = 'kartoteka:call'
export const eventChannel = 'kartoteka:event'
