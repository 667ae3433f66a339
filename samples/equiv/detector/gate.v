// The same with the last bits themselves in a shift register and a count of those that are real.
module detector(input clk, input rst, input bit_in, output found);
  reg [3:0] last = 0;
  reg [2:0] seen = 0;
  always @(posedge clk)
    if (rst) begin last <= 0; seen <= 0; end
    else begin
      last <= {last[2:0], bit_in};
      if (seen != 4) seen <= seen + 1;
    end
  assign found = seen == 4 && last == 4'b1011;
endmodule
