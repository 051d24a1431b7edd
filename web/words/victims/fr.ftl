# victims
