#!/bin/sh
# Includes point one way (Makefile: ROOMS).
exec rules/layering.sh $(make --no-print-directory -s print-rooms)
