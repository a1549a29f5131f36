#!/bin/sh
# IBSI's published values: the digital phantom always, the CT phantom and the response maps where public
# data is there.
exec tests/ibsi/run
