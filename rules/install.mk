# make install PREFIX= DESTDIR=
PREFIX ?= /usr/local
